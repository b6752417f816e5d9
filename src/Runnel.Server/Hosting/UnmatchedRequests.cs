namespace Runnel.Server.Hosting;

/// <summary>
/// Answers what matches no route before authorisation looks at it: since everything needs a user by default, an unknown path
/// would else ask for a sign-in, after which there is nothing.
/// </summary>
internal static class UnmatchedRequests
{
    public static void UseUnmatchedRequests(this WebApplication app) => app.Use((context, next) =>
        context.GetEndpoint() switch
        {
            RouteEndpoint => next(context),
            null => Problems.ForStatus(404).ExecuteAsync(context),
            // Routing's own endpoints, which answer 405 and 415.
            { RequestDelegate: { } refuse } => refuse(context),
            _ => next(context),
        });
}
