// Package models maps the chat server's tables.
package models

import "time"

// User is a person with an account. Phone and username are how others find them.
type User struct {
	ID           uint64    `gorm:"primaryKey"`
	Phone        string    `gorm:"size:20;not null;uniqueIndex"`
	Username     string    `gorm:"size:50;not null;index:idx_users_username,unique"`
	Email        *string   `gorm:"size:120;uniqueIndex:idx_users_email"`
	PasswordHash string    `gorm:"size:100;not null"`
	DisplayName  string    `gorm:"size:80;not null"`
	AvatarURL    string    `gorm:"size:255"`
	Bio          string    `gorm:"size:500"`
	Status       string    `gorm:"size:20;not null;default:active"`
	LastSeenAt   time.Time `gorm:"index"`
	CreatedAt    time.Time
	UpdatedAt    time.Time

	Sessions []Session `gorm:"constraint:OnDelete:CASCADE"`
	Devices  []Device  `gorm:"constraint:OnDelete:CASCADE"`
}

// Session is one login. The refresh token is stored hashed.
type Session struct {
	ID           uint64    `gorm:"primaryKey"`
	UserID       uint64    `gorm:"not null;index"`
	RefreshToken string    `gorm:"size:64;not null;index:idx_sessions_refresh_token,unique"`
	IPAddress    string    `gorm:"size:45"`
	ExpiresAt    time.Time `gorm:"not null;index"`
	CreatedAt    time.Time
}

// Device receives push notifications.
type Device struct {
	ID         uint64 `gorm:"primaryKey"`
	UserID     uint64 `gorm:"not null;index"`
	Platform   string `gorm:"size:10;not null"`
	PushToken  string `gorm:"size:200;not null;uniqueIndex"`
	AppVersion string `gorm:"size:20"`
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// Contact is an entry in a user's address book.
type Contact struct {
	ID        uint64 `gorm:"primaryKey"`
	OwnerID   uint64 `gorm:"not null;uniqueIndex:idx_contacts_owner_peer"`
	PeerID    uint64 `gorm:"not null;uniqueIndex:idx_contacts_owner_peer"`
	Alias     string `gorm:"size:80"`
	Blocked   bool   `gorm:"not null;default:false"`
	CreatedAt time.Time
}
