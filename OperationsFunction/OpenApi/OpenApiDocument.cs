using Microsoft.AspNetCore.Http;

namespace UonOfferum.OperationsFunction.OpenApi;

/// <summary>The description of the API; a file of ours, and a test holds it against the functions.</summary>
public static class OpenApiDocument
{
    private const string Resource = "openapi.json";

    public static Stream Open() => typeof(OpenApiDocument).Assembly.GetManifestResourceStream(Resource)
        ?? throw new InvalidOperationException($"The app was built without {Resource}.");

    public static IResult Answer() => TypedResults.Stream(Open(), "application/json; charset=utf-8");
}
