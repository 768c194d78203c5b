// How does Pulumi load the pack? With require(), and its own loader for TypeScript in the way of every .ts that require()
// meets; what a module imports it leaves to Node, which strips the types itself.
import './index.ts';
