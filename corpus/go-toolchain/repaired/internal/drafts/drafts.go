// Package drafts stores what people write.
package drafts

import (
	"context"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
)

// Draft is one text in progress.
type Draft struct {
	ID        primitive.ObjectID `bson:"_id,omitempty" json:"id"`
	Author    string             `bson:"author" json:"author"`
	Title     string             `bson:"title" json:"title"`
	Body      string             `bson:"body" json:"body"`
	Words     int                `bson:"words" json:"words"`
	UpdatedAt time.Time          `bson:"updated_at" json:"updated_at"`
}

type Store struct {
	drafts *mongo.Collection
}

func NewStore(db *mongo.Database) *Store {
	return &Store{drafts: db.Collection("drafts")}
}

// Save inserts a draft, or replaces the one with the same id.
func (s *Store) Save(ctx context.Context, draft *Draft) error {
	if draft.ID.IsZero() {
		draft.ID = primitive.NewObjectID()
	}
	draft.UpdatedAt = time.Now().UTC()
	_, err := s.drafts.ReplaceOne(ctx, bson.M{"_id": draft.ID}, draft, options.Replace().SetUpsert(true))
	return err
}

// ByAuthor lists an author's drafts, newest first.
func (s *Store) ByAuthor(ctx context.Context, author string) ([]Draft, error) {
	cursor, err := s.drafts.Find(ctx, bson.M{"author": author}, options.Find().SetSort(bson.M{"updated_at": -1}))
	if err != nil {
		return nil, err
	}
	found := []Draft{}
	return found, cursor.All(ctx, &found)
}
