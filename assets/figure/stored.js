// What a tab keeps for the next page that it loads. A browser may forbid that, or have no room left: then nothing is kept.
export function store(name, text) {
  try {
    sessionStorage.setItem(name, text);
  } catch {
    // The page works without it.
  }
}

// null where nothing was kept.
export function stored(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

export function forget(name) {
  try {
    sessionStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}
