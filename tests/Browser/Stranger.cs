namespace UonOfferum.Tests.Browser;

/// <summary>
/// Somebody without a key: U-ON, the cabinet, a first visitor. A 5xx is asked again, as every client must: a busy machine can be too slow for
/// the worker's own time limits.
/// </summary>
internal static class Stranger
{
    public static HttpClient Of(PipelineApp app, bool followsRedirects = true) =>
        new(new RepeatingHandler { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = followsRedirects } })
        {
            BaseAddress = app.Host.FunctionsAddress,
            // It bounds all tries together.
            Timeout = TestTimeouts.Operation,
        };
}
