package main

import (
	"candor/incidents"
	"candor/probes/sim"
)

// actsConfig watches Studio, its broker and its mail. Its arguments: Studio's address, the broker's two addresses, the
// mailbox's address, and the file with the authority of its certificate.
const actsConfig = `
page: {name: Studio status, product: Studio, url: "http://status.example.com"}
detection: {hold: 1s, resolve_after: 500ms, reopen: 0s}
defaults: {interval: 3s, timeout: 3s, recheck: 300ms, failures: 2, of: 3, recoveries: 2}
components:
  - {key: new-studio, name: New Studio, group: Products, depends_on: [web, queue]}
  - {key: classic-studio, name: Classic Studio, group: Products, depends_on: [web, queue]}
  - {key: test-campaigns, name: Test campaigns, group: Products, depends_on: [worker]}
  - {key: test-mail, name: Test e-mail delivery, group: Products, depends_on: [test-campaigns]}
  - {key: us-platform, name: US Platform, group: Platforms}
  - {key: web, name: Web servers, internal: true}
  - {key: worker, name: Campaign worker, internal: true, depends_on: [queue]}
  - {key: queue, name: Message queue, internal: true}
probes:
  - key: new-studio-loads
    component: new-studio
    symptom: New Studio does not load
    symptom_degraded: New Studio loads slowly
    impact: partial_outage
    http: {url: "%[1]s/new-studio/", expect: {status: 200, visible_text: 20}, degraded: {latency: < 1500ms}}
  - key: classic-studio-loads
    component: classic-studio
    symptom: Classic Studio shows a white screen
    symptom_degraded: Classic Studio loads slowly
    impact: partial_outage
    http: {url: "%[1]s/classic-studio/", expect: {status: 200, visible_text: 20}, degraded: {latency: < 1500ms}}
  - key: classic-studio-shows
    component: classic-studio
    symptom: Classic Studio shows a white screen
    impact: partial_outage
    interval: 6s
    timeout: 6s
    browser: {url: "%[1]s/classic-studio/"}
  - key: test-campaign-is-sent
    component: test-campaigns
    symptom: Test campaigns fail to send
    interval: 2s
    http:
      steps:
        - name: send
          url: "%[1]s/api/test-campaigns"
          json: {subject: A test}
          expect: {status: 202}
          capture: {id: "json:$.id"}
        - name: processed
          url: "%[1]s/api/test-campaigns/{id}"
          until: {every: 200ms}
          expect: {json: {$.state: /^(sent|delivered)$/}}
  - key: test-mail-arrives
    component: test-mail
    symptom: Test e-mails do not arrive
    interval: 4s
    timeout: 4s
    mail:
      http: {url: "%[1]s/api/test-campaigns", json: {subject: "A test {nonce}"}, expect: {status: 202}}
      imap: {address: "%[4]s", user: anna@example.test, password: secret, tls: {ca_file: "%[5]s"}}
  - key: us-platform-answers
    component: us-platform
    symptom: The US platform does not answer
    http: {url: "%[1]s/us/health", expect: {json: {$.status: ok}}}
  - key: web
    component: web
    http: {url: "%[1]s/new-studio/", expect: {status: 100..599}, degraded: {latency: < 1500ms}}
  - key: worker
    component: worker
    rabbitmq:
      url: "%[2]s"
      management: "%[3]s"
      canary: false
      queues: [{name: campaigns, warn_ready: 50, min_consumers: 1}]
      dead_letter: [{name: campaigns.failed}]
  - key: queue
    component: queue
    rabbitmq: {url: "%[2]s", management: "%[3]s", memory: 0.99}
storage: {database: candor.db}
`

// act is one way in which Studio fails, and what Candor must make of it.
type act struct {
	name     string
	faults   []sim.Fault
	refuses  bool              // the broker refuses connections
	statuses map[string]string // of the components that customers see fail
	texts    string            // what customers read, separated by slashes
	symptoms string            // the probes that tell it
	updates  int               // public ones until all is told, at most
	cause    string
	also     func(*stage, *incidents.Incident) // what else is to be seen while it lasts
}

var acts = []act{
	{name: "slow pages", faults: []sim.Fault{sim.SlowPages},
		statuses: map[string]string{"New Studio": "degraded_performance", "Classic Studio": "degraded_performance"},
		texts:    "New Studio loads slowly/Classic Studio loads slowly",
		symptoms: "new-studio-loads classic-studio-loads web", updates: 2, cause: "Web servers", also: (*stage).saysSlow},
	{name: "a white screen", faults: []sim.Fault{sim.WhiteScreen},
		statuses: map[string]string{"Classic Studio": "partial_outage"}, texts: "Classic Studio shows a white screen",
		symptoms: "classic-studio-loads classic-studio-shows", updates: 1, cause: "Classic Studio", also: (*stage).seesWhite},
	{name: "lost mail", faults: []sim.Fault{sim.LoseMail},
		statuses: map[string]string{"Test e-mail delivery": "major_outage"}, texts: "Test e-mails do not arrive",
		symptoms: "test-mail-arrives", updates: 1, cause: "Test e-mail delivery"},
	{name: "processing errors", faults: []sim.Fault{sim.ProcessingErrors},
		statuses: map[string]string{"Test campaigns": "major_outage", "Test e-mail delivery": "major_outage"},
		texts:    "Test campaigns fail to send/Test e-mails do not arrive",
		symptoms: "test-campaign-is-sent test-mail-arrives worker", updates: 2, cause: "Campaign worker"},
	{name: "a stopped worker", faults: []sim.Fault{sim.StopWorker},
		statuses: map[string]string{"Test campaigns": "major_outage", "Test e-mail delivery": "major_outage"},
		texts:    "Test campaigns fail to send/Test e-mails do not arrive",
		symptoms: "test-campaign-is-sent test-mail-arrives worker", updates: 2, cause: "Campaign worker", also: (*stage).countsBacklog},
	{name: "refused connections", refuses: true,
		statuses: everything, texts: allTexts,
		symptoms: "new-studio-loads classic-studio-loads classic-studio-shows test-campaign-is-sent test-mail-arrives worker queue", updates: 4, cause: "Message queue"},
	{name: "all at once", refuses: true, faults: []sim.Fault{sim.WhiteScreen, sim.SlowPages, sim.LoseMail, sim.ProcessingErrors, sim.StopWorker},
		statuses: everything, texts: allTexts,
		symptoms: "new-studio-loads classic-studio-loads classic-studio-shows test-campaign-is-sent test-mail-arrives web worker queue", updates: 4, cause: "Message queue"},
}

var everything = map[string]string{"New Studio": "partial_outage", "Classic Studio": "partial_outage", "Test campaigns": "major_outage", "Test e-mail delivery": "major_outage"}

const allTexts = "New Studio does not load/Classic Studio shows a white screen/Test campaigns fail to send/Test e-mails do not arrive"
