using Runnel.Server.Persistence;

namespace Runnel.Server.Accounts.Guarding;

/// <summary>What came of checking a password.</summary>
/// <param name="Account">The account of that address; null when there is none, or it is being deleted.</param>
/// <param name="IsRight">Whether it is its password.</param>
internal readonly record struct PasswordCheck(Account? Account, bool IsRight);
