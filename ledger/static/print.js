// One press, one print: a print that was counted is printed at once; shown again, the page is a preview.
"use strict";
window.addEventListener("load", function () {
  const address = new URL(window.location.href);
  if (address.searchParams.has("printed")) {
    address.searchParams.delete("printed");
    window.history.replaceState(null, "", address.href);
    window.print();
  }
});
