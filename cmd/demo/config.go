package main

import _ "embed"

// demoYAML is the demo's configuration without the probe of the queue.
//
//go:embed demo.yaml
var demoYAML string

// natsProbe watches the embedded queue.
//
//go:embed nats.yaml
var natsProbe string

// rabbitMQProbe watches a RabbitMQ broker in its place.
//
//go:embed rabbitmq.yaml
var rabbitMQProbe string
