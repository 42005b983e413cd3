package incidents

import (
	"crypto/rand"
	"crypto/sha256"
)

// idAlphabet has digits and consonants only: no words by accident, and the shape that Statuspage clients expect.
const idAlphabet = "0123456789bcdfghjklmnpqrstvwxyz"

// NewID returns a fresh random id of 12 characters (59 bits).
func NewID() string {
	const n = 12
	id := make([]byte, 0, n)
	var b [1]byte
	for len(id) < n {
		rand.Read(b[:]) // never fails: it ends the program instead
		if i := int(b[0] & 31); i < len(idAlphabet) {
			id = append(id, idAlphabet[i])
		}
	}
	return string(id)
}

// DerivedID returns the id of something that is not stored, always the same for the same owner and name.
func DerivedID(owner, name string) string {
	sum := sha256.Sum256([]byte(owner + "\n" + name))
	id := make([]byte, 12)
	for i := range id {
		id[i] = idAlphabet[int(sum[i])%len(idAlphabet)]
	}
	return string(id)
}
