// Package settings reads config.yaml; the environment wins over the file.
package settings

import (
	"fmt"
	"os"
	"time"

	"gopkg.in/yaml.v3"
)

type Settings struct {
	Server struct {
		Address     string        `yaml:"address"`
		ReadTimeout time.Duration `yaml:"read_timeout"`
	} `yaml:"server"`
	Mongo struct {
		URI      string `yaml:"uri"`
		Database string `yaml:"database"`
	} `yaml:"mongo"`
}

func Load(path string) (Settings, error) {
	var s Settings
	data, err := os.ReadFile(path)
	if err != nil {
		return s, fmt.Errorf("settings: %w", err)
	}
	if err := yaml.Unmarshal(data, &s); err != nil {
		return s, fmt.Errorf("settings %s: %w", path, err)
	}
	if uri := os.Getenv("MONGO_URI"); uri != "" {
		s.Mongo.URI = uri
	}
	return s, nil
}
