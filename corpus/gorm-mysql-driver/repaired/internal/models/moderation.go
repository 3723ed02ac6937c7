package models

import "time"

// CallRecord is a finished voice or video call.
type CallRecord struct {
	ID             uint64 `gorm:"primaryKey"`
	ConversationID uint64 `gorm:"not null;index"`
	CallerID       uint64 `gorm:"not null;index"`
	Video          bool   `gorm:"not null;default:false"`
	Seconds        int    `gorm:"not null;default:0"`
	StartedAt      time.Time
}

// AbuseReport is a complaint about a message.
type AbuseReport struct {
	ID         uint64 `gorm:"primaryKey"`
	MessageID  uint64 `gorm:"not null;index"`
	ReporterID uint64 `gorm:"not null;index"`
	Reason     string `gorm:"size:40;not null"`
	Comment    string `gorm:"size:500"`
	ResolvedAt *time.Time
	CreatedAt  time.Time
}

// UserBan keeps a user out for a while.
type UserBan struct {
	ID        uint64 `gorm:"primaryKey"`
	UserID    uint64 `gorm:"not null;index"`
	Reason    string `gorm:"size:200;not null"`
	Until     *time.Time
	CreatedAt time.Time
}

// AdminOperation is the trail of what moderators did.
type AdminOperation struct {
	ID        uint64 `gorm:"primaryKey"`
	AdminID   uint64 `gorm:"not null;index"`
	Action    string `gorm:"size:60;not null"`
	Target    string `gorm:"size:120"`
	CreatedAt time.Time
}

// LoginAttempt is kept to slow down guessing.
type LoginAttempt struct {
	ID        uint64 `gorm:"primaryKey"`
	Phone     string `gorm:"size:20;not null;index"`
	IPAddress string `gorm:"size:45;not null"`
	Succeeded bool   `gorm:"not null"`
	CreatedAt time.Time
}
