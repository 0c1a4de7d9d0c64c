import encodeQR from "qr";
import { useMemo } from "react";

const QUIET_MODULES = 2;

/** A QR code drawn as one path, always dark on light: cameras do not read it the other way round. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => draw(text), [text]);
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} className="size-44 rounded-1 bg-[white]">
      <path d={path} fill="black" shapeRendering="crispEdges" />
    </svg>
  );
}

function draw(text: string) {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET_MODULES });
  const path = rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return { path, size: rows.length };
}
