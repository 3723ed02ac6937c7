// Package chat is the conversation service and its HTTP door.
package chat

import (
	"context"
	"time"

	"gorm.io/gorm"

	"example.com/parley/internal/models"
)

type Store struct {
	db *gorm.DB
}

func NewStore(db *gorm.DB) *Store {
	return &Store{db: db}
}

// Register makes a new account.
func (s *Store) Register(ctx context.Context, user *models.User) error {
	return s.db.WithContext(ctx).Create(user).Error
}

// AllowLogin says whether a phone number may try again, and records the attempt.
func (s *Store) AllowLogin(ctx context.Context, phone, ip string) (bool, error) {
	var failures int64
	err := s.db.WithContext(ctx).Model(&models.LoginAttempt{}).
		Where("phone = ? AND succeeded = ? AND created_at > ?", phone, false, time.Now().Add(-15*time.Minute)).
		Count(&failures).Error
	if err != nil {
		return false, err
	}
	return failures < 5, s.db.WithContext(ctx).Create(&models.LoginAttempt{Phone: phone, IPAddress: ip}).Error
}

// Send stores a message and moves its conversation to the top.
func (s *Store) Send(ctx context.Context, message *models.Message) error {
	return s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if err := tx.Create(message).Error; err != nil {
			return err
		}
		return tx.Model(&models.Conversation{}).Where("id = ?", message.ConversationID).
			Update("last_message_at", message.CreatedAt).Error
	})
}

// History returns the newest messages of a conversation.
func (s *Store) History(ctx context.Context, conversationID uint64, limit int) ([]models.Message, error) {
	var messages []models.Message
	err := s.db.WithContext(ctx).Preload("Attachments").
		Where("conversation_id = ?", conversationID).
		Order("created_at DESC").Limit(limit).Find(&messages).Error
	return messages, err
}

// Report files a complaint.
func (s *Store) Report(ctx context.Context, report *models.AbuseReport) error {
	return s.db.WithContext(ctx).Create(report).Error
}

// Ban keeps a user out and leaves a trace of who did it.
func (s *Store) Ban(ctx context.Context, adminID uint64, ban *models.UserBan) error {
	return s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if err := tx.Create(ban).Error; err != nil {
			return err
		}
		return tx.Create(&models.AdminOperation{AdminID: adminID, Action: "ban"}).Error
	})
}

// Calls lists the calls of a conversation.
func (s *Store) Calls(ctx context.Context, conversationID uint64) ([]models.CallRecord, error) {
	var calls []models.CallRecord
	err := s.db.WithContext(ctx).Where("conversation_id = ?", conversationID).Order("started_at DESC").Find(&calls).Error
	return calls, err
}
