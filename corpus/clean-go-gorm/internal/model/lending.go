package model

import "time"

type Member struct {
	ID         uint64    `gorm:"primaryKey"`
	CardNumber string    `gorm:"size:20;not null;unique"`
	Email      string    `gorm:"size:255;not null;uniqueIndex"`
	FullName   string    `gorm:"size:160;not null"`
	BranchID   uint64    `gorm:"not null;index"`
	CreatedAt  time.Time `gorm:"not null"`
	UpdatedAt  time.Time `gorm:"not null"`

	Branch Branch
	Loans  []Loan `gorm:"constraint:OnDelete:CASCADE"`
}

type Copy struct {
	ID         uint64     `gorm:"primaryKey"`
	BookID     uint64     `gorm:"not null;index:idx_copies_book_branch,priority:1"`
	BranchID   uint64     `gorm:"not null;index:idx_copies_book_branch,priority:2"`
	Barcode    string     `gorm:"size:24;not null;uniqueIndex"`
	Condition  string     `gorm:"size:12;not null;default:good"`
	AcquiredOn *time.Time `gorm:"type:date"`

	Book   Book
	Branch Branch
}

type Loan struct {
	ID         uint64    `gorm:"primaryKey"`
	CopyID     uint64    `gorm:"not null;uniqueIndex:idx_loans_open_copy,where:returned_at IS NULL"`
	MemberID   uint64    `gorm:"not null;index"`
	DueOn      time.Time `gorm:"type:date;not null"`
	Renewals   int16     `gorm:"not null;default:0"`
	ReturnedAt *time.Time
	CreatedAt  time.Time `gorm:"not null"`

	Copy Copy
}

type Fee struct {
	ID        uint64 `gorm:"primaryKey"`
	MemberID  uint64 `gorm:"not null;index"`
	LoanID    *uint64
	Amount    float64 `gorm:"type:numeric(10,2);not null"`
	Reason    string  `gorm:"size:40;not null"`
	PaidAt    *time.Time
	CreatedAt time.Time `gorm:"not null"`

	Member Member `gorm:"constraint:OnDelete:CASCADE"`
	Loan   *Loan  `gorm:"constraint:OnDelete:SET NULL"`
}
