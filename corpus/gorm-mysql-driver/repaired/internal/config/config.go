// Package config reads the server's settings from the environment.
package config

import (
	"errors"
	"os"
)

type Config struct {
	DSN        string
	ListenAddr string
}

func Load() (Config, error) {
	c := Config{DSN: os.Getenv("DB_DSN"), ListenAddr: os.Getenv("LISTEN_ADDR")}
	if c.DSN == "" {
		return c, errors.New("DB_DSN is not set")
	}
	if c.ListenAddr == "" {
		c.ListenAddr = ":8080"
	}
	return c, nil
}
