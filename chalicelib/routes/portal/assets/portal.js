// What makes the portal's forms nicer; everything works without it, but for sending files.
"use strict";

const FORBIDDEN = new Set(("exe scr com bat cmd js jse vbs vbe wsf wsh hta lnk ps1 msi msp jar iso img " +
  "vhd vhdx url reg chm xll cpl dll pif scf sct application gadget docm xlsm pptm").split(" "));

const element = (name, properties = {}) => Object.assign(document.createElement(name), properties);

/** Times in the reader's own zone instead of the desk's. */
function showLocalTimes() {
  const page = document.documentElement.lang;
  const own = navigator.languages.find((tag) => tag.split("-")[0] === page.split("-")[0]);
  const format = new Intl.DateTimeFormat(own || page, { dateStyle: "long", timeStyle: "short" });
  for (const time of document.querySelectorAll("time[data-moment]")) {
    time.title = time.textContent;
    time.textContent = format.format(new Date(time.dateTime));
  }
}

// The desk takes a form for a robot's when it comes back within two seconds of being shown. Who
// fills it in faster, with the browser's help, waits out the rest here instead of starting again.
const LEAST_AGE_MS = 2200;
const shownAt = performance.now();

/** One click is one request: the server holds that too, this only says so. */
function sendOnce(form) {
  const button = form.querySelector("button[type=submit]");
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent || form.dataset.waiting) {
      event.preventDefault();
      return;
    }
    const files = form.querySelector(".files");
    const pending = files ? files.querySelectorAll("[data-pending]").length : 0;
    button.setAttribute("aria-disabled", "true");
    if (pending) {
      event.preventDefault();
      form.dataset.waiting = "yes";
      button.dataset.label = button.textContent;
      button.textContent = files.dataset.waiting;
      return;
    }
    const early = LEAST_AGE_MS - (performance.now() - shownAt);
    button.textContent = form.dataset.once;
    // A timer may fire a little early: once the wait is over the clock is not asked again.
    if (early > 0 && form.dataset.held !== "over") {
      event.preventDefault();
      if (form.dataset.held) return;
      form.dataset.held = "yes";
      setTimeout(() => {
        form.dataset.held = "over";
        form.requestSubmit();
      }, early);
      return;
    }
    form.dataset.sent = "yes";
  });
  form.addEventListener("files-settled", (event) => {
    if (!form.dataset.waiting) return;
    delete form.dataset.waiting;
    button.removeAttribute("aria-disabled");
    button.textContent = button.dataset.label;
    if (event.detail.failed === 0) form.requestSubmit();
  });
  // Coming back with the browser's Back button: the form may be sent again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && form.dataset.sent) window.location.reload();
  });
}

function refusal(file, box) {
  const ending = file.name.includes(".") ? file.name.split(".").pop().toLowerCase() : "";
  if (FORBIDDEN.has(ending)) return box.dataset.forbidden;
  if (file.size > Number(box.dataset.mostBytes)) return box.dataset.tooLarge;
  return file.size === 0 ? box.dataset.empty : "";
}

/** A row of the list: name, progress, a way to take it out again. */
function fileRow(box, file) {
  const row = element("li", { className: "file" });
  row.append(element("span", { className: "file-name", textContent: file.name }));
  makeRemovable(box, row, file.name);
  box.querySelector(".file-list").append(row);
  return row;
}

function makeRemovable(box, row, name) {
  const remove = element("button", { type: "button", textContent: "✕" });
  remove.setAttribute("aria-label", box.dataset.remove.replace("{name}", name));
  row.append(remove);
  remove.addEventListener("click", () => {
    if (row.upload) row.upload.abort();
    row.remove();
    settle(box);
    box.querySelector("input[type=file]").focus();
  });
}

function fail(box, row, words) {
  row.removeAttribute("data-pending");
  row.dataset.failed = "yes";
  row.querySelector("progress")?.remove();
  row.append(element("p", { className: "fault", textContent: words }));
  settle(box);
}

function settle(box) {
  if (box.querySelector("[data-pending]")) return;
  const failed = box.querySelectorAll("[data-failed]").length;
  box.closest("form").dispatchEvent(new CustomEvent("files-settled", { detail: { failed } }));
}

async function placeFor(file) {
  const wanted = {
    filename: file.name.slice(-255),
    content_type: /^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type : "application/octet-stream",
    size: file.size,
  };
  return fetch("/uploads", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(wanted),
  });
}

function sendTo(place, file, row) {
  const progress = element("progress", { max: file.size, value: 0 });
  progress.setAttribute("aria-label", file.name);
  row.querySelector(".file-name").after(progress);
  const body = new FormData();
  for (const [name, value] of Object.entries(place.fields)) body.append(name, value);
  body.append("file", file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    row.upload = request;
    request.upload.addEventListener("progress", (event) => { progress.value = event.loaded; });
    request.addEventListener("load", () => (request.status < 300 ? resolve() : reject(new Error(request.status))));
    request.addEventListener("error", () => reject(new Error("connection")));
    request.open("POST", place.url);
    request.send(body);
  });
}

async function add(box, file) {
  const row = fileRow(box, file);
  const why = refusal(file, box);
  if (why) return fail(box, row, why);
  row.dataset.pending = "yes";
  try {
    const answer = await placeFor(file);
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({}));
      const field = problem.errors?.[0]?.field;
      const words = { filename: box.dataset.forbidden, size: box.dataset.tooLarge }[field];
      return fail(box, row, words || box.dataset.failed);
    }
    const place = await answer.json();
    await sendTo(place, file, row);
    row.querySelector("progress").remove();
    row.classList.add("done");
    row.querySelector(".file-name").after(element("span", { className: "hint", textContent: box.dataset.ready }));
    row.append(
      element("input", { type: "hidden", name: "uploads", value: place.upload }),
      element("input", { type: "hidden", name: "upload_names", value: file.name }),
    );
    row.removeAttribute("data-pending");
    settle(box);
  } catch {
    if (row.isConnected) fail(box, row, box.dataset.failed);
  }
  return undefined;
}

function takeFiles(box) {
  const input = box.querySelector("input[type=file]");
  const drop = box.querySelector(".drop");
  box.querySelector(".with-script").hidden = false;
  for (const row of box.querySelectorAll(".file")) {
    makeRemovable(box, row, row.querySelector(".file-name").textContent);
  }
  const addAll = (files) => {
    let room = Number(box.dataset.mostFiles) - box.querySelectorAll(".file:not([data-failed])").length;
    for (const file of files) {
      if (room > 0) add(box, file);
      else fail(box, fileRow(box, file), box.dataset.tooMany);
      room -= 1;
    }
  };
  input.addEventListener("change", () => { addAll([...input.files]); input.value = ""; });
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    addAll([...event.dataTransfer.files]);
  });
}

document.querySelector("#summary")?.focus();
document.querySelectorAll("form[data-once]").forEach(sendOnce);
document.querySelectorAll(".files").forEach(takeFiles);
showLocalTimes();
