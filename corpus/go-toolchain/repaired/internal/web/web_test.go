package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestBrokenBodyIsRefused(t *testing.T) {
	recorder := httptest.NewRecorder()
	request := httptest.NewRequest(http.MethodPost, "/drafts", strings.NewReader("{"))

	NewHandler(nil).ServeHTTP(recorder, request)

	if recorder.Code != http.StatusBadRequest {
		t.Fatalf("got %d", recorder.Code)
	}
}
