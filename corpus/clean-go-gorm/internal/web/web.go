// Package web is the HTTP door.
package web

import (
	"encoding/json"
	"log"
	"net/http"
	"strconv"

	"example.com/shelfmark/internal/library"
)

func NewHandler(lib *library.Library) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /books", func(w http.ResponseWriter, r *http.Request) {
		books, err := lib.Search(r.Context(), r.URL.Query().Get("title"))
		respond(w, books, err)
	})
	mux.HandleFunc("GET /members/{id}/fees", func(w http.ResponseWriter, r *http.Request) {
		id, err := strconv.ParseUint(r.PathValue("id"), 10, 64)
		if err != nil {
			http.Error(w, "bad request", http.StatusBadRequest)
			return
		}
		fees, err := lib.Fees(r.Context(), id)
		respond(w, fees, err)
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
