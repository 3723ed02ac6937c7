"""GORM v1 (github.com/jinzhu/gorm, as of v1.9.16): other names, tags and types than v2, and an AutoMigrate that only adds."""

LEGACY = "github.com/jinzhu/gorm"
"""The import path of GORM v1."""
