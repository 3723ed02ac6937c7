// Prints what schema.NamingStrategy and jinzhu/inflection make of the words on standard input, one a line.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"github.com/jinzhu/inflection"
	"gorm.io/gorm/schema"
)

func main() {
	strategy := schema.NamingStrategy{}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		word := lines.Text()
		made, _ := json.Marshal([]string{
			word, strategy.ColumnName("", word), strategy.TableName(word), inflection.Plural(word), inflection.Singular(word),
		})
		fmt.Println(string(made))
	}
}
