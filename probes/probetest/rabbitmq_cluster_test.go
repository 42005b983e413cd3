package probetest

import "testing"

func TestBrokerCluster(t *testing.T) {
	b := RabbitMQ(t)
	t.Run("joined", func(t *testing.T) {
		other := b.Join(t)
		if err := b.Declare("campaigns"); err != nil {
			t.Fatal(err)
		}
		expectDepth(t, other, 0) // it knows the queue
		other.Kill()
		expectDepth(t, b, 0)
	})
	if out, err := b.control("eval", "length(rabbit_mnesia:cluster_nodes(all))."); err != nil || out != "1\n" {
		t.Errorf("after the test the cluster has %s nodes, %v", out, err)
	}
}
