export function SkipLink() {
  return (
    <a
      href="#main"
      className="fixed top-2 left-2 z-60 -translate-y-16 rounded-1 bg-ink px-3 py-2 text-s font-medium text-on-ink focus:translate-y-0"
    >
      Skip to content
    </a>
  );
}
