package main

import (
	"context"
	"fmt"
	"log"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
	"github.com/redis/go-redis/v9"

	"candor/probes"
	"candor/probes/kinds"
	"candor/probes/probetest"
)

// rabbit is a queue that fills a broker with so many bytes of room.
func rabbit(room int64) story {
	return story{
		made: fmt.Sprintf("recorded from RabbitMQ 3.10 with %d MiB of room: 20 messages of 3500 bytes per second come, a consumer "+
			"takes 8; a minute after the limit, if it is met, the queue is purged", room>>20),
		measure: "memory_used", lasts: 45 * time.Minute, after: 3 * time.Minute,
		run: func(ctx context.Context) (probes.Checker, func(), error) {
			broker, err := probetest.StartRabbitMQ("")
			if err != nil {
				return nil, nil, err
			}
			_, err = broker.LimitMemoryAbove(room)
			if err == nil {
				err = broker.Declare("campaigns")
			}
			if err != nil {
				return nil, broker.Stop, err
			}
			go publish(ctx, broker)
			go consume(ctx, broker)
			time.Sleep(15 * time.Second) // the management API's figures, the limit among them, are up to 10 s old
			no := false
			c, err := (&kinds.RabbitMQ{URL: broker.AMQP(), Management: broker.Management(), Canary: &no}).Checker()
			return c, broker.Stop, err
		},
	}
}

// publish sends about 20 messages per second until the broker holds it back, and purges the queue a minute later.
func publish(ctx context.Context, broker *probetest.Broker) {
	for range pace(ctx, time.Second) {
		send, cancel := context.WithTimeout(ctx, 20*time.Second)
		err := broker.Publish(send, "campaigns", 16+rand.IntN(9), 3500)
		cancel()
		if err != nil {
			break
		}
	}
	for range pace(ctx, time.Minute) {
		if err := broker.Purge("campaigns"); err != nil {
			log.Printf("purge: %v", err)
		}
		return
	}
}

// consume takes 8 messages per second.
func consume(ctx context.Context, broker *probetest.Broker) {
	conn, err := amqp.Dial(broker.AMQP())
	if err != nil {
		log.Printf("consume: %v", err)
		return
	}
	defer conn.Close()
	ch, err := conn.Channel()
	if err != nil {
		log.Printf("consume: %v", err)
		return
	}
	for range pace(ctx, 125*time.Millisecond) {
		if _, _, err := ch.Get("campaigns", true); err != nil {
			log.Printf("consume: %v", err)
			return
		}
	}
}

var redisLeak = story{
	made: "recorded from Redis 7 with maxmemory 64 MB: sessions of 60 s come and go, and one in three keys " +
		"has no expiry",
	measure: "memory", lasts: 45 * time.Minute, after: 2 * time.Minute,
	run: func(ctx context.Context) (probes.Checker, func(), error) {
		return withRedis(ctx, []string{"--maxmemory", "64mb"}, kinds.Redis{}, func(client *redis.Client) {
			for n := range pace(ctx, 100*time.Millisecond) {
				life := time.Minute
				if n%3 == 0 {
					life = 0
				}
				client.Set(ctx, fmt.Sprint("session:", n), strings.Repeat("x", 6000+rand.IntN(8000)), life)
			}
		})
	},
}

var redisBatches = story{
	made: "recorded from Redis 7: a list takes about 10 entries per second, and a batch empties it " +
		"every 90 s; nothing leaks",
	measure: "jobs.length", lasts: 25 * time.Minute,
	run: func(ctx context.Context) (probes.Checker, func(), error) {
		limits := kinds.Redis{Queues: []kinds.RedisQueue{{Key: "jobs", WarnLength: 1500}}}
		return withRedis(ctx, nil, limits, func(client *redis.Client) {
			for n := range pace(ctx, 100*time.Millisecond) {
				for range rand.IntN(3) {
					client.RPush(ctx, "jobs", n)
				}
				if n%900 == 899 {
					client.Del(ctx, "jobs")
				}
			}
		})
	},
}

var goLeak = story{
	made: "recorded from a Go program with a limit of 256 MiB on its heap: requests allocate, " +
		"the collector frees, and a cache without bounds keeps 80 KiB per second",
	measure: "heap", lasts: 45 * time.Minute, after: 0,
	run: func(ctx context.Context) (probes.Checker, func(), error) { return heap(ctx, 80<<10) },
}

var goCollections = story{
	made: "recorded from a Go program with a limit of 256 MiB on its heap: requests allocate and the " +
		"collector frees; nothing leaks",
	measure: "heap", lasts: 25 * time.Minute,
	run: func(ctx context.Context) (probes.Checker, func(), error) { return heap(ctx, 0) },
}

// withRedis starts a Redis server and whoever uses it.
func withRedis(ctx context.Context, options []string, settings kinds.Redis, use func(*redis.Client)) (probes.Checker, func(), error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	address := free.Addr().String()
	_, port, _ := net.SplitHostPort(address)
	if err := free.Close(); err != nil {
		return nil, nil, err
	}
	dir, err := os.MkdirTemp("", "redis-")
	if err != nil {
		return nil, nil, err
	}
	server := exec.Command("redis-server", append([]string{"--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", dir}, options...)...)
	if err := server.Start(); err != nil {
		return nil, nil, err
	}
	stop := func() {
		server.Process.Kill() // fails only when it has ended already
		server.Wait()
		os.RemoveAll(dir)
	}
	client := redis.NewClient(&redis.Options{Addr: address})
	for range pace(ctx, 50*time.Millisecond) {
		if client.Ping(ctx).Err() == nil {
			break
		}
	}
	go use(client)
	settings.URL = "redis://" + address
	c, err := settings.Checker()
	return c, stop, err
}

// heap is this program itself: requests that live for a moment, and what a cache keeps of them per second.
func heap(ctx context.Context, kept int) (probes.Checker, func(), error) {
	var cache, requests [][]byte
	go func() {
		for range pace(ctx, 100*time.Millisecond) {
			requests = append(requests, make([]byte, 100<<10+rand.IntN(800<<10)))
			if len(requests) > 60 {
				requests = requests[1:]
			}
			cache = append(cache, make([]byte, kept/10))
		}
	}()
	return checker(func(context.Context) probes.Result {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return probes.Result{Measurements: []probes.Measurement{{Name: "heap", Value: float64(m.HeapAlloc), Unit: "bytes", Limit: 256 << 20}}}
	}), func() {}, nil
}

type checker func(context.Context) probes.Result

func (c checker) Check(ctx context.Context) probes.Result { return c(ctx) }

// pace counts up at an interval until ctx ends.
func pace(ctx context.Context, interval time.Duration) func(func(int) bool) {
	return func(yield func(int) bool) {
		ticks := time.NewTicker(interval)
		defer ticks.Stop()
		for n := 0; ; n++ {
			select {
			case <-ctx.Done():
				return
			case <-ticks.C:
				if !yield(n) {
					return
				}
			}
		}
	}
}
