package kinds

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
)

// HTTPTLS says how to judge the server's certificate, and which one to show it.
type HTTPTLS struct {
	CAFile             string `yaml:"ca_file"`     // PEM; trusted instead of the system's authorities
	ServerName         string `yaml:"server_name"` // expected in the certificate instead of the URL's host
	InsecureSkipVerify bool   `yaml:"insecure_skip_verify"`
	MinDaysLeft        int    `yaml:"min_days_left"`    // degraded when the certificate ends sooner; 0 looks only for expired ones
	ClientCertFile     string `yaml:"client_cert_file"` // PEM
	ClientKeyFile      string `yaml:"client_key_file"`  // PEM
}

// config reads the files and returns what a client needs, or a *FieldError.
func (t HTTPTLS) config() (*tls.Config, error) {
	c := &tls.Config{ServerName: t.ServerName, InsecureSkipVerify: t.InsecureSkipVerify}
	if t.MinDaysLeft < 0 {
		return nil, &FieldError{"tls.min_days_left", "a number of days, 0 or more"}
	}
	if t.CAFile != "" {
		pem, err := readFile(t.CAFile)
		if err != nil {
			return nil, &FieldError{"tls.ca_file", "this file cannot be read: " + err.Error()}
		}
		c.RootCAs = x509.NewCertPool()
		if !c.RootCAs.AppendCertsFromPEM(pem) {
			return nil, &FieldError{"tls.ca_file", "this file holds no certificate in PEM form"}
		}
	}
	if t.ClientCertFile == "" && t.ClientKeyFile == "" {
		return c, nil
	}
	if t.ClientKeyFile == "" {
		return nil, &FieldError{"tls.client_key_file", "name the key that belongs to client_cert_file"}
	}
	if t.ClientCertFile == "" {
		return nil, &FieldError{"tls.client_cert_file", "name the certificate that belongs to client_key_file"}
	}
	pair, err := t.pair()
	if err != nil {
		return nil, &FieldError{"tls.client_cert_file", "the certificate and its key cannot be used: " + err.Error()}
	}
	c.Certificates = []tls.Certificate{pair}
	return c, nil
}

// pair reads the client's certificate and key.
func (t HTTPTLS) pair() (tls.Certificate, error) {
	cert, err := readFile(t.ClientCertFile)
	if err != nil {
		return tls.Certificate{}, err
	}
	key, err := readFile(t.ClientKeyFile)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.X509KeyPair(cert, key)
}

// maxFile is the size of the largest file of certificates or credentials that is read, in bytes.
const maxFile = 1 << 20

// readFile reads an ordinary file of at most maxFile: a device or a pipe might never end.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no ordinary file", path)
	case info.Size() > maxFile:
		return nil, fmt.Errorf("%s is larger than 1 MiB", path)
	}
	return os.ReadFile(path)
}
