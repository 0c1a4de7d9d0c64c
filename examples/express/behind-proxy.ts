import express from "express";

const { PORT = "4000" } = process.env;

/** A proxy has checked the credential and says whose it is. Loopback only: nobody may get here past the proxy. */
const app = express();

app.use((request, response) => {
  const said = (name: string) => decodeURIComponent(request.get(name) ?? "");
  if (!request.get("x-credential-id")) {
    response.status(403).json({ detail: "No proxy has checked this request." });
    return;
  }
  const credential = { id: said("x-credential-id"), name: said("x-credential-name") };
  console.log(`${request.method} ${request.path} by ${credential.id} ${credential.name}`);
  response.json({ credential, headers: request.headers });
});

app.listen(Number(PORT), "127.0.0.1", () => console.log(`Listening on http://127.0.0.1:${PORT}`));
