// Package web is the HTTP door.
package web

import (
	"encoding/json"
	"log"
	"net/http"
	"strings"

	"example.com/quillroom/internal/drafts"
)

func NewHandler(store *drafts.Store) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /authors/{author}/drafts", func(w http.ResponseWriter, r *http.Request) {
		found, err := store.ByAuthor(r.Context(), r.PathValue("author"))
		respond(w, found, err)
	})
	mux.HandleFunc("POST /drafts", func(w http.ResponseWriter, r *http.Request) {
		var draft drafts.Draft
		if err := json.NewDecoder(r.Body).Decode(&draft); err != nil {
			http.Error(w, "bad request", http.StatusBadRequest)
			return
		}
		draft.Words = len(strings.Fields(draft.Body))
		respond(w, &draft, store.Save(r.Context(), &draft))
	})
	return mux
}

func respond(w http.ResponseWriter, body any, err error) {
	if err != nil {
		log.Printf("request failed: %v", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body)
}
