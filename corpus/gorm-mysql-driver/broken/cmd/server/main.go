package main

import (
	"log"
	"net/http"
	"time"

	"gorm.io/driver/mysql"
	"gorm.io/gorm"

	"example.com/parley/internal/chat"
	"example.com/parley/internal/config"
	"example.com/parley/internal/models"
)

func main() {
	cfg, err := config.Load()
	if err != nil {
		log.Fatal(err)
	}

	db, err := gorm.Open(mysql.Open(cfg.DSN), &gorm.Config{})
	if err != nil {
		log.Fatalf("database: %v", err)
	}

	if err := db.AutoMigrate(
		&models.User{},
		&models.Session{},
		&models.Device{},
		&models.Contact{},
		&models.Conversation{},
		&models.Participant{},
		&models.Message{},
		&models.Attachment{},
		&models.StickerPack{},
		&models.InviteCode{},
		&models.AppSetting{},
		&models.BroadcastRecipient{},
		&models.Broadcast{},
	); err != nil {
		log.Fatalf("migrate: %v", err)
	}

	server := &http.Server{
		Addr:              cfg.ListenAddr,
		Handler:           chat.NewHandler(chat.NewStore(db)),
		ReadHeaderTimeout: 5 * time.Second,
	}
	log.Printf("listening on %s", cfg.ListenAddr)
	log.Fatal(server.ListenAndServe())
}
