package main

import (
	"context"
	"flag"
	"log"
	"net/http"
	"time"

	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"

	"example.com/quillroom/internal/drafts"
	"example.com/quillroom/internal/settings"
	"example.com/quillroom/internal/web"
)

func main() {
	path := flag.String("config", "config/config.yaml", "settings file")
	flag.Parse()

	cfg, err := settings.Load(*path)
	if err != nil {
		log.Fatal(err)
	}

	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	client, err := mongo.Connect(ctx, options.Client().ApplyURI(cfg.Mongo.URI))
	if err != nil {
		log.Fatalf("mongo: %v", err)
	}

	store := drafts.NewStore(client.Database(cfg.Mongo.Database))
	server := &http.Server{
		Addr:        cfg.Server.Address,
		Handler:     web.NewHandler(store),
		ReadTimeout: cfg.Server.ReadTimeout,
	}
	log.Printf("listening on %s", server.Addr)
	log.Fatal(server.ListenAndServe())
}
