// Which colours does the page begin with? Before anything is drawn, so that nothing flashes.
try {
  const theme = localStorage.getItem('greenroom.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; then the system's colours hold.
}
