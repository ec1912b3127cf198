package api

import "slices"

// Routes are the paths of every route.
func Routes() []string {
	var paths []string
	for _, r := range (&API{}).routes() {
		paths = append(paths, r.path)
	}
	slices.Sort(paths)
	return paths
}
