package models

import "time"

// Conversation is a direct chat or a group.
type Conversation struct {
	ID            uint64  `gorm:"primaryKey"`
	Kind          string  `gorm:"size:10;not null;default:direct"`
	Title         string  `gorm:"size:120"`
	Handle        *string `gorm:"size:40;uniqueIndex"`
	CreatedBy     uint64  `gorm:"not null"`
	MemberCount   int     `gorm:"not null;default:0"`
	LastMessageAt *time.Time
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// Participant joins users and conversations.
type Participant struct {
	ID             uint64 `gorm:"primaryKey"`
	ConversationID uint64 `gorm:"not null;uniqueIndex:idx_participants_conversation_user"`
	UserID         uint64 `gorm:"not null;uniqueIndex:idx_participants_conversation_user;index"`
	Role           string `gorm:"size:10;not null;default:member"`
	Muted          bool   `gorm:"not null;default:false"`
	LastReadID     uint64 `gorm:"not null;default:0"`
	JoinedAt       time.Time
}

// Message is what was said. ClientID makes sending idempotent.
type Message struct {
	ID             uint64  `gorm:"primaryKey"`
	ConversationID uint64  `gorm:"not null;index:idx_messages_conversation_created,priority:1"`
	SenderID       uint64  `gorm:"not null;index"`
	ClientID       string  `gorm:"size:36;not null;uniqueIndex"`
	Kind           string  `gorm:"size:10;not null;default:text"`
	Body           string  `gorm:"type:text"`
	ReplyToID      *uint64 `gorm:"index"`
	EditedAt       *time.Time
	CreatedAt      time.Time `gorm:"index:idx_messages_conversation_created,priority:2"`

	Attachments []Attachment `gorm:"constraint:OnDelete:CASCADE"`
}

// Attachment is a file that belongs to a message.
type Attachment struct {
	ID        uint64 `gorm:"primaryKey"`
	MessageID uint64 `gorm:"not null;index"`
	ObjectKey string `gorm:"size:190;not null;uniqueIndex"`
	MimeType  string `gorm:"size:100;not null"`
	ByteSize  int64  `gorm:"not null"`
	CreatedAt time.Time
}
