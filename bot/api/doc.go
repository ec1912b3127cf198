// Package api is the door for other programs: a scheduling system enrols a
// patient, or says that a session has ended. It speaks JSON, wants a bearer
// token that is good for one clinic, and answers errors as problem details
// (RFC 9457) that name every wrong field at once. What it does is described by
// the OpenAPI document that it serves.
package api
