// Files to the library, one after another, each with its own line of what became of it.
import { words } from "./words.js";

export async function uploadFiles(files, form, told, taken) {
  for (const file of files) {
    const line = document.createElement("li");
    line.textContent = `${words("uploadingFile")}${file.name}…`;
    told.append(line);
    const result = await send(file, form);
    if (result.photo) {
      line.remove();
      taken(result.photo);
    } else {
      line.className = "is-wrong";
      line.textContent = `${file.name}：${result.message}`;
    }
  }
}

async function send(file, form) {
  const data = new FormData();
  data.append("upload", file);
  try {
    const response = await fetch(form.dataset.upload, {
      method: "POST",
      body: data,
      headers: { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value },
      redirect: "manual",
    });
    if (response.status === 413) return { message: words("tooLarge") };
    const said = await response.json();
    return Array.isArray(said) ? said[0] : { message: said.error || words("uploadFailed") };
  } catch {
    return { message: words("uploadFailed") };
  }
}
