// Package httpapi serves the store over HTTP.
package httpapi

import (
	"encoding/json"
	"log"
	"net/http"

	"example.com/tradedesk/internal/store"
)

func New(s *store.Store) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /accounts/{id}/positions", func(w http.ResponseWriter, r *http.Request) {
		positions, err := s.Positions(r.Context(), r.PathValue("id"))
		respond(w, positions, err)
	})
	mux.HandleFunc("GET /audit/{type}/{id}", func(w http.ResponseWriter, r *http.Request) {
		entries, err := s.AuditTrail(r.Context(), r.PathValue("type"), r.PathValue("id"))
		respond(w, entries, err)
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
	if err := json.NewEncoder(w).Encode(body); err != nil {
		log.Printf("response: %v", err)
	}
}
