import { config } from "zod";

// The content security policy forbids eval, which zod tries in order to parse faster. Runs before any page's code.
config({ jitless: true });
