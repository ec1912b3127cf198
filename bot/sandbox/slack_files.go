package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// File is a file somebody can see in the workspace.
type File struct {
	ID, Name, Title, AltText string
	ContentType              string
	Data                     []byte
	Channels                 []string
}

// upload is a file on its way: asked for, perhaps received, not yet completed.
type upload struct {
	file   *File
	length int
	got    bool
}

// Bounds on what is kept.
const (
	filesKept   = 300
	uploadsKept = 50
	fileBytes   = 8 << 20
)

// Files lists the completed files, oldest first.
func (sl *Slack) Files() []File {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	var out []File
	for _, f := range sl.files {
		c := *f
		c.Channels = slices.Clone(f.Channels)
		out = append(out, c)
	}
	return out
}

// file needs the lock.
func (sl *Slack) file(id string) *File {
	for _, f := range sl.files {
		if f.ID == id {
			return f
		}
	}
	return nil
}

func (sl *Slack) uploadURL(a slackArgs) (map[string]any, error) {
	length, err := strconv.Atoi(a.str("length"))
	switch {
	case a.str("filename") == "" || err != nil || length <= 0:
		return nil, fail("invalid_arguments")
	case length > fileBytes:
		return nil, fail("file_upload_size_restricted")
	case utf8.RuneCountInString(a.str("alt_txt")) > 1000:
		return nil, fail("alt_txt_too_large")
	}
	sl.mu.Lock()
	defer sl.mu.Unlock()
	if len(sl.uploads) >= uploadsKept {
		clear(sl.uploads)
	}
	id := sl.s.ids.slack("F")
	name := path.Base(a.str("filename"))
	sl.uploads[id] = &upload{length: length, file: &File{ID: id, Name: name, Title: name, AltText: a.str("alt_txt")}}
	return map[string]any{"upload_url": sl.s.URL() + "/upload/v1/" + id, "file_id": id}, nil
}

// receiveUpload takes the bytes, raw or as the one file of a form.
func (sl *Slack) receiveUpload(w http.ResponseWriter, r *http.Request) {
	if f, ok := sl.faults.take("upload"); ok && !f.accept && sl.s.spoil(w, r, f) {
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, fileBytes+1<<20)
	var data []byte
	var err error
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		data, err = formFile(r)
	} else {
		data, err = io.ReadAll(r.Body)
	}
	if err != nil {
		http.Error(w, "bad upload", http.StatusBadRequest)
		return
	}
	sl.mu.Lock()
	defer sl.mu.Unlock()
	u, ok := sl.uploads[r.PathValue("id")]
	if !ok {
		http.Error(w, "no such upload", http.StatusNotFound)
		return
	}
	u.file.Data, u.got = data, true
	u.file.ContentType = http.DetectContentType(data)
	_, _ = io.WriteString(w, "OK - "+strconv.Itoa(len(data)))
}

func formFile(r *http.Request) ([]byte, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, err
	}
	for {
		p, err := parts.NextPart()
		if err != nil {
			return nil, err
		}
		if p.FileName() != "" {
			return io.ReadAll(p)
		}
	}
}

// completeUpload makes uploads files, and shares them when a channel is given.
func (sl *Slack) completeUpload(a slackArgs) (map[string]any, error) {
	var wanted []struct{ ID, Title string }
	if err := json.Unmarshal(a.json("files"), &wanted); err != nil || len(wanted) == 0 {
		return nil, fail("invalid_arguments")
	}
	sl.mu.Lock()
	defer sl.mu.Unlock()
	rooms, err := sl.shareWith(a)
	if err != nil {
		return nil, err
	}
	for _, want := range wanted {
		u, ok := sl.uploads[want.ID]
		switch {
		case !ok:
			return nil, fail("file_not_found")
		case !u.got || len(u.file.Data) != u.length:
			return nil, fail("missing_file_data")
		}
	}
	var ids []string
	out := []any{}
	for _, want := range wanted {
		f := sl.uploads[want.ID].file
		delete(sl.uploads, want.ID)
		if want.Title != "" {
			f.Title = want.Title
		}
		sl.files = append(sl.files, f)
		ids = append(ids, f.ID)
		out = append(out, sl.fileJSON(f))
	}
	if len(sl.files) > filesKept {
		sl.files = slices.Clone(sl.files[len(sl.files)-filesKept:])
	}
	for _, c := range rooms {
		if err := sl.share(c, a, ids); err != nil {
			return nil, err
		}
	}
	return map[string]any{"files": out}, nil
}

// shareWith finds the channels a file is for: one, a list, or none. It needs
// the lock.
func (sl *Slack) shareWith(a slackArgs) ([]*channel, error) {
	var rooms []*channel
	for id := range strings.SplitSeq(a.str("channel_id")+","+a.str("channels"), ",") {
		if id == "" {
			continue
		}
		c, err := sl.reach(id)
		if err != nil {
			return nil, err
		}
		if _, err := c.thread(a.str("thread_ts")); err != nil {
			return nil, err
		}
		rooms = append(rooms, c)
	}
	return rooms, nil
}

// share posts the message that carries files. It needs the lock.
func (sl *Slack) share(c *channel, a slackArgs, ids []string) error {
	m := &Message{User: sl.s.opt.BotUserID, BotID: sl.s.opt.BotID, Text: a.str("initial_comment"), Files: ids}
	var err error
	if m.ThreadTS, err = c.thread(a.str("thread_ts")); err != nil {
		return err
	}
	if blocks := a.json("blocks"); len(blocks) > 0 && string(blocks) != "[]" {
		if m.Blocks, err = sl.readBlocks(blocks, ValidateBlocks); err != nil {
			return err
		}
	}
	for _, id := range ids {
		f := sl.file(id)
		f.Channels = append(f.Channels, c.ID)
	}
	sl.add(c, m)
	return nil
}

func (sl *Slack) fileInfo(a slackArgs) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	f := sl.file(a.str("file"))
	if f == nil {
		return nil, fail("file_not_found")
	}
	return map[string]any{"file": sl.fileJSON(f), "comments": []any{}}, nil
}

func (sl *Slack) fileDelete(a slackArgs) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	f := sl.file(a.str("file"))
	if f == nil {
		return nil, fail("file_not_found")
	}
	sl.files = slices.DeleteFunc(sl.files, func(o *File) bool { return o == f })
	return nil, nil
}

func (sl *Slack) fileJSON(f *File) map[string]any {
	address := sl.s.URL() + "/files/" + f.ID
	return map[string]any{"id": f.ID, "name": f.Name, "title": f.Title, "alt_txt": f.AltText, "mimetype": f.ContentType,
		"filetype": strings.TrimPrefix(path.Ext(f.Name), "."), "size": len(f.Data), "user": sl.s.opt.BotUserID,
		"url_private": address, "url_private_download": address, "channels": f.Channels, "is_external": false}
}

// serveFile shows a file to the bot, who has the token.
func (sl *Slack) serveFile(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer "+sl.s.opt.SlackBotToken {
		http.Error(w, "not authorized", http.StatusForbidden)
		return
	}
	sl.writeFile(w, r.PathValue("id"))
}

func (sl *Slack) writeFile(w http.ResponseWriter, id string) {
	sl.mu.Lock()
	f := sl.file(id)
	sl.mu.Unlock()
	if f == nil {
		http.Error(w, "no such file", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", f.ContentType)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(f.Data)
}
