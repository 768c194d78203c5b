// How do the schemas stay within a policy that forbids eval? They are told before they are loaded that they may not.

// The library would try `new Function` once, catch the refusal, and leave a violation in every console. Its own
// function to say so is part of it, and would load it for every page.
Reflect.set(globalThis, '__zod_globalConfig', { jitless: true });
