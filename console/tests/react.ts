// Before anything else loads React: tests run its production build, which is what people get. The one
// for development would spend most of their time on notes for whoever looks into it.
const { NODE_ENV } = process.env;
process.env.NODE_ENV = 'production';
await Promise.all([
  import('react'),
  import('react/jsx-runtime'),
  import('react-dom'),
  import('react-dom/client'),
]);
process.env.NODE_ENV = NODE_ENV;

export {};
