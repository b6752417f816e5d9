namespace Runnel.Server.Auditing;

/// <summary>
/// Who came in, who did not, and what they did to accounts and keys: for whoever has to find out later. Events have fixed ids
/// and name rows by theirs; never an e-mail address, a secret, or anything that was said. Thread-safe.
/// </summary>
internal sealed partial class AuditLog(ILogger<AuditLog> log)
{
    [LoggerMessage(1, LogLevel.Information, "User {UserId} signed in from {Address}: session {SessionId}.")]
    public partial void SignedIn(string userId, string sessionId, string address);

    [LoggerMessage(2, LogLevel.Warning, "A sign-in from {Address} failed. The account, if there is one: {UserId}.")]
    public partial void SignInFailed(string? userId, string address);

    [LoggerMessage(3, LogLevel.Warning, "A sign-in from {Address} was refused: there were too many failed ones.")]
    public partial void SignInRefused(string address);

    [LoggerMessage(4, LogLevel.Information, "User {UserId} ended session {SessionId}.")]
    public partial void SessionEnded(string userId, string sessionId);

    [LoggerMessage(5, LogLevel.Warning,
        "A used refresh token of user {UserId} came again: session {SessionId} was ended. Somebody may have copied it.")]
    public partial void RefreshTokenReused(string userId, string sessionId);

    [LoggerMessage(6, LogLevel.Information, "User {UserId} has a new password; {Sessions} other sessions ended.")]
    public partial void PasswordChanged(string userId, int sessions);

    [LoggerMessage(7, LogLevel.Information, "User {UserId} made the API key {KeyId}.")]
    public partial void KeyMade(string userId, string keyId);

    [LoggerMessage(8, LogLevel.Information, "User {UserId} revoked the API key {KeyId}.")]
    public partial void KeyRevoked(string userId, string keyId);

    [LoggerMessage(9, LogLevel.Information, "Account {UserId} was made, administrator: {IsAdministrator}.")]
    public partial void AccountMade(string userId, bool isAdministrator);

    [LoggerMessage(10, LogLevel.Information, "Account {UserId} is being deleted.")]
    public partial void AccountClosed(string userId);

    [LoggerMessage(11, LogLevel.Information, "Account {UserId} was deleted, with {Conversations} conversations.")]
    public partial void AccountDeleted(string userId, int conversations);
}
