// Package model maps the tables that db/migrations creates.
package model

import "time"

type Branch struct {
	ID        uint64    `gorm:"primaryKey"`
	Code      string    `gorm:"size:12;not null;uniqueIndex"`
	Name      string    `gorm:"size:120;not null"`
	CreatedAt time.Time `gorm:"not null"`
	UpdatedAt time.Time `gorm:"not null"`
}

type Author struct {
	ID   uint64 `gorm:"primaryKey"`
	Name string `gorm:"size:200;not null;index"`
}

type Book struct {
	ID          uint64 `gorm:"primaryKey"`
	ISBN        string `gorm:"column:isbn;size:13;not null;uniqueIndex:idx_books_isbn"`
	Title       string `gorm:"size:300;not null;index"`
	Summary     *string
	PublishedOn *time.Time `gorm:"type:date"`
	Pages       int32      `gorm:"not null;default:0;check:chk_books_pages,pages >= 0"`
	CreatedAt   time.Time  `gorm:"not null"`
	UpdatedAt   time.Time  `gorm:"not null"`

	Authors []Author `gorm:"many2many:book_authors"`
}
