using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plumb.Web.Saved;
using Plumb.Web.Views;

namespace Plumb.Web.Serving;

/// <summary>Lists, keeps and forgets the views of a person.</summary>
internal sealed class SavedViewEndpoints(SavedViews views)
{
    public async Task ListAsync(HttpContext context)
    {
        context.Response.ContentType = Answer.Json;
        await JsonSerializer.SerializeAsync(context.Response.Body, [.. views.All], ViewJsonContext.Default.SavedViewArray, context.RequestAborted).ConfigureAwait(false);
    }

    public Task KeepAsync(HttpContext context) =>
        ChangeAsync(context, () => views.Keep(new SavedView(context.Request.Query["name"].ToString(), context.Request.Query["query"].ToString())));

    public Task ForgetAsync(HttpContext context) => ChangeAsync(context, () => views.Forget(context.Request.Query["name"].ToString()));

    private async Task ChangeAsync(HttpContext context, Action change)
    {
        try
        {
            change();
        }
        catch (ArgumentException e)
        {
            // Its message ends with the name of a parameter, which says nothing to a person.
            string message = e.Message.Split(" (Parameter", 2)[0];
            await Failure.SendAsync(context, StatusCodes.Status400BadRequest, $"The view is not kept: {message}.", "Choose another name.").ConfigureAwait(false);
            return;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Failure.SendAsync(context, StatusCodes.Status500InternalServerError, $"The views cannot be stored: {e.Message}", "Make the folder writable.").ConfigureAwait(false);
            return;
        }

        await ListAsync(context).ConfigureAwait(false);
    }
}
