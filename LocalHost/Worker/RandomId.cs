using System.Security.Cryptography;

namespace UonOfferum.LocalHost.Worker;

internal static class RandomId
{
    /// <summary>In the shape of a UUID, as the Functions host makes them. Unguessable: an invocation's id opens its request to the worker.</summary>
    public static string New() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString();
}
