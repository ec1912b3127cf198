// Package bot acts. It takes what happens in the world (a text, a delivery
// report, a pressed button, a due follow-up), lets the flows decide in one
// transaction per patient, and carries out what they decided through a job
// queue. The packages below it each speak with one outside thing; they import
// bot, never each other, and satisfy the small interfaces bot needs.
package bot
