// Package web serves the pages that clinicians open in a browser.
package web
