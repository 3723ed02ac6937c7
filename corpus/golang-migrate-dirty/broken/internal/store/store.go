// Package store holds the SQL behind the API.
package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"
)

type Store struct {
	db *sql.DB
}

func New(db *sql.DB) *Store {
	return &Store{db: db}
}

type Position struct {
	Symbol        string  `json:"symbol"`
	Quantity      string  `json:"quantity"`
	AverageCost   string  `json:"average_cost"`
	MarketPrice   *string `json:"market_price"`
	MarketValue   *string `json:"market_value"`
	UnrealizedPnL *string `json:"unrealized_pnl"`
	RealizedPnL   string  `json:"realized_pnl"`
}

func (s *Store) Positions(ctx context.Context, accountID string) ([]Position, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT i.symbol, p.quantity, p.average_cost, p.market_price, p.market_value, p.unrealized_pnl, p.realized_pnl
		FROM positions p
		JOIN instruments i ON i.id = p.instrument_id
		WHERE p.account_id = $1
		ORDER BY i.symbol`, accountID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()

	positions := []Position{}
	for rows.Next() {
		var p Position
		if err := rows.Scan(&p.Symbol, &p.Quantity, &p.AverageCost, &p.MarketPrice, &p.MarketValue,
			&p.UnrealizedPnL, &p.RealizedPnL); err != nil {
			return nil, err
		}
		positions = append(positions, p)
	}
	return positions, rows.Err()
}

type AuditEntry struct {
	ID           int64           `json:"id"`
	UserID       *string         `json:"user_id"`
	Action       string          `json:"action"`
	ResourceType string          `json:"resource_type"`
	ResourceID   string          `json:"resource_id"`
	OldValues    json.RawMessage `json:"old_values,omitempty"`
	NewValues    json.RawMessage `json:"new_values,omitempty"`
	CreatedAt    time.Time       `json:"created_at"`
}

func (s *Store) AuditTrail(ctx context.Context, resourceType, resourceID string) ([]AuditEntry, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT id, user_id, action, resource_type, resource_id, old_values, new_values, created_at
		FROM audit_logs
		WHERE resource_type = $1 AND resource_id = $2
		ORDER BY created_at DESC
		LIMIT 200`, resourceType, resourceID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()

	entries := []AuditEntry{}
	for rows.Next() {
		var e AuditEntry
		if err := rows.Scan(&e.ID, &e.UserID, &e.Action, &e.ResourceType, &e.ResourceID, &e.OldValues,
			&e.NewValues, &e.CreatedAt); err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, rows.Err()
}
