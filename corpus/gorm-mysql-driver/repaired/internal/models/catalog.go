package models

import "time"

// StickerPack is a set of stickers offered in the shop.
type StickerPack struct {
	ID        uint64 `gorm:"primaryKey"`
	Slug      string `gorm:"size:60;not null;uniqueIndex"`
	Title     string `gorm:"size:120;not null"`
	Published bool   `gorm:"not null;default:false"`
	CreatedAt time.Time
}

// InviteCode lets one new user in.
type InviteCode struct {
	ID        uint64 `gorm:"primaryKey"`
	Code      string `gorm:"size:16;not null;index:idx_invite_codes_code,unique"`
	IssuedBy  uint64 `gorm:"not null;index"`
	UsedBy    *uint64
	ExpiresAt time.Time
	CreatedAt time.Time
}

// AppSetting is a server-wide switch.
type AppSetting struct {
	ID        uint64 `gorm:"primaryKey"`
	Name      string `gorm:"size:80;not null;unique"`
	Value     string `gorm:"type:text"`
	UpdatedAt time.Time
}

// Broadcast is an announcement to many users.
type Broadcast struct {
	ID          uint64 `gorm:"primaryKey"`
	Subject     string `gorm:"size:200;not null"`
	Body        string `gorm:"type:text"`
	ScheduledAt *time.Time
	CreatedAt   time.Time

	Recipients []BroadcastRecipient `gorm:"constraint:OnDelete:CASCADE"`
}

// BroadcastRecipient records that one user got one broadcast.
type BroadcastRecipient struct {
	ID          uint64 `gorm:"primaryKey"`
	BroadcastID uint64 `gorm:"not null;uniqueIndex:idx_broadcast_recipients_broadcast_user"`
	UserID      uint64 `gorm:"not null;uniqueIndex:idx_broadcast_recipients_broadcast_user"`
	DeliveredAt *time.Time
}
