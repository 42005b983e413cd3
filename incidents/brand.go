package incidents

// Brand is what makes a page look like its owner's: addresses of pictures and a style sheet, links, and texts.
type Brand struct {
	Logo, LogoDark       string          // addresses of pictures; empty without, LogoDark also when Logo suits both
	Style                string          // address of a style sheet that comes after Candor's; may be empty
	Icons                map[string]Icon // by the name of the file in static that each stands for
	HeadLinks, FootLinks []Link
	HeadText, FootText   string // Markdown; may be empty
}

// Icon is the address of a tab's icon, for browsers that know SVG and for those that do not.
type Icon struct{ SVG, PNG string }

// Link leads somewhere else.
type Link struct{ Name, URL string }

// Security says where a vulnerability is reported (RFC 9116). Without contacts the page says nothing of it.
type Security struct {
	Contacts                            []string // mailto:, https: or tel:, the preferred first
	Policy, Encryption, Acknowledgments string   // addresses; may be empty
	Languages                           string   // "en, de"; may be empty
}
