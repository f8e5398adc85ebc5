namespace UonOfferum.Simulators;

/// <summary>Every known or expected response of U-ON other than a record.</summary>
public enum UonFault
{
    /// <summary>406 <c>API is not active</c>: the API is not enabled in the cabinet.</summary>
    ApiNotActive,

    /// <summary>401</summary>
    Unauthorized,

    /// <summary>403</summary>
    Forbidden,

    /// <summary>The record does not exist: <c>result</c> 404 with HTTP status 200.</summary>
    MissingWithStatus200,

    /// <summary>The record does not exist: <c>result</c> 404 with HTTP status 404.</summary>
    MissingWithStatus404,

    /// <summary>404 <c>No route found</c></summary>
    NoRoute,

    /// <summary>404 <c>Parameter id is wrong</c></summary>
    WrongParameter,

    /// <summary>429, without Retry-After as U-ON sends it.</summary>
    TooManyRequests,

    /// <summary>429 with Retry-After, as a proxy in between might send it.</summary>
    TooManyRequestsWithRetryAfter,

    /// <summary>500 <c>500 Server error</c></summary>
    ServerError,

    /// <summary>502 with an HTML page.</summary>
    BadGatewayPage,

    /// <summary>503 with an HTML page.</summary>
    ServiceUnavailablePage,

    /// <summary>No response is ever sent.</summary>
    Hang,

    /// <summary>The connection is reset before the answer.</summary>
    Reset,

    /// <summary>The connection ends in the middle of the body.</summary>
    EndInBody,

    /// <summary>200 with an HTML page.</summary>
    HtmlPage,

    /// <summary>200 with the first half of the JSON.</summary>
    CutJson,

    /// <summary>200 without a body.</summary>
    EmptyBody,

    /// <summary>200 with <c>{"error":{"message":…}}</c>.</summary>
    ErrorEnvelope,

    /// <summary>200 with <c>{"result":500,"message":…}</c>.</summary>
    ResultEnvelope,

    /// <summary>The right response with the content type <c>text/html</c>.</summary>
    WrongContentType,

    /// <summary>302 to another path of the simulator.</summary>
    Redirect,
}
