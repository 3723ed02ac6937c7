// Package library lends books.
package library

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"example.com/shelfmark/internal/model"
)

const (
	loanPeriod  = 21 * 24 * time.Hour
	maxRenewals = 2
)

var ErrNoRenewalLeft = errors.New("no renewal left")

type Library struct {
	db *gorm.DB
}

func New(db *gorm.DB) *Library {
	return &Library{db: db}
}

// Search finds books by the start of their title.
func (l *Library) Search(ctx context.Context, title string) ([]model.Book, error) {
	var books []model.Book
	err := l.db.WithContext(ctx).Preload("Authors").
		Where("title LIKE ?", title+"%").Order("title").Limit(50).Find(&books).Error
	return books, err
}

// Lend gives a copy to a member. The database refuses a copy that is out already.
func (l *Library) Lend(ctx context.Context, copyID, memberID uint64, now time.Time) (*model.Loan, error) {
	loan := &model.Loan{CopyID: copyID, MemberID: memberID, DueOn: now.Add(loanPeriod)}
	return loan, l.db.WithContext(ctx).Create(loan).Error
}

// Renew moves the due date.
func (l *Library) Renew(ctx context.Context, loanID uint64, now time.Time) error {
	result := l.db.WithContext(ctx).Model(&model.Loan{}).
		Where("id = ? AND returned_at IS NULL AND renewals < ?", loanID, maxRenewals).
		Updates(map[string]any{"due_on": now.Add(loanPeriod), "renewals": gorm.Expr("renewals + 1")})
	if result.Error == nil && result.RowsAffected == 0 {
		return ErrNoRenewalLeft
	}
	return result.Error
}

// Fees lists what a member still owes.
func (l *Library) Fees(ctx context.Context, memberID uint64) ([]model.Fee, error) {
	var fees []model.Fee
	err := l.db.WithContext(ctx).Where("member_id = ? AND paid_at IS NULL", memberID).Order("created_at").Find(&fees).Error
	return fees, err
}
