// A path without a dot is a page of the console's own router: it gets the one HTML file.
// Runs in CloudFront (JavaScript runtime 2.0), not in a browser.
function handler(event) {
  var request = event.request;
  var last = request.uri.slice(request.uri.lastIndexOf("/") + 1);
  if (last.indexOf(".") === -1) {
    request.uri = "/console/index.html";
  }
  return request;
}
