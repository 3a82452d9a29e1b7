// Imported into a worker, this stands for native code that gives up on certain bytes.
process.on('message', (message) => {
  const { claims = [] } = message as { readonly claims?: readonly { proof: Uint8Array }[] };
  if (claims.some(({ proof }) => proof.length === 3)) process.exit(134);
});
