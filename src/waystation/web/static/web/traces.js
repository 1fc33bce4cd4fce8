// A page that answered a POST would be kept in the browser's session files with all that was posted. Replacing the
// entry in the history with its own address leaves the address alone there.
history.replaceState(history.state, "", location.href);
