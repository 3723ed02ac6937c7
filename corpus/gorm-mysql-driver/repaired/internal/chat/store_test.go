package chat

import (
	"context"
	"testing"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"example.com/parley/internal/models"
)

func TestSendMovesConversationToTheTop(t *testing.T) {
	db, err := gorm.Open(sqlite.Open(":memory:"), &gorm.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.AutoMigrate(&models.Conversation{}, &models.Message{}, &models.Attachment{}); err != nil {
		t.Fatal(err)
	}
	conversation := models.Conversation{Kind: "group", CreatedBy: 1}
	if err := db.Create(&conversation).Error; err != nil {
		t.Fatal(err)
	}

	message := models.Message{ConversationID: conversation.ID, SenderID: 1, ClientID: "m-1", Body: "hello"}
	if err := NewStore(db).Send(context.Background(), &message); err != nil {
		t.Fatal(err)
	}

	var stored models.Conversation
	if err := db.First(&stored, conversation.ID).Error; err != nil {
		t.Fatal(err)
	}
	if stored.LastMessageAt == nil {
		t.Fatal("last_message_at was not set")
	}
}
