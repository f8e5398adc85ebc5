namespace UonOfferum.Backup;

/// <summary>The export or import cannot be done; the message says why and what to do.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
